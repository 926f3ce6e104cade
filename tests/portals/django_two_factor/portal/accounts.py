"""Customers in the portal's database."""

from __future__ import annotations

from customers import Customer


def store_customers(customers: list[Customer]) -> None:
    """Write the customers into the portal's database; Django must be set up."""
    from django.contrib.auth.hashers import make_password  # noqa: PLC0415 -- needs a configured Django
    from django.contrib.auth.models import User  # noqa: PLC0415 -- needs a configured Django

    User.objects.bulk_create(
        User(
            username=customer.username,
            password=make_password(customer.password),
            email=customer.email,
            first_name=customer.name.split(" ")[0],
            last_name=customer.name.split(" ", 1)[1],
        )
        for customer in customers
    )
