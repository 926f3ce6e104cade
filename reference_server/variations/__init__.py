"""Other portals that are as right as the reference portal: what differs of each, and the profile that describes it."""
