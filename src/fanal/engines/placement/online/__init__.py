"""Day after day: requests come, wait, are placed, leave."""
