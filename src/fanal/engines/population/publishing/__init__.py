"""What must be known of an estimate before it is published."""
