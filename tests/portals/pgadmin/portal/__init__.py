"""pgAdmin 4 as it is published, started with a scratch folder and a number of accounts."""
