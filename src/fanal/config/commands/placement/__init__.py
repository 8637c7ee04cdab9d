"""``fanal placement``: who goes where tonight, why, and how near that is to the best."""
