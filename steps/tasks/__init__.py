"""What a person does with a portal, told in controls and notices, never in selectors."""
