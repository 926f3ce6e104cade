"""Addresses of the test portal: the package's own under /account/, the home page and the way out."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LogoutView
from django.urls import include, path
from django.views.generic import TemplateView
from two_factor.urls import urlpatterns as two_factor_urls

urlpatterns = [
    path("", include(two_factor_urls)),
    path("", login_required(TemplateView.as_view(template_name="home.html")), name="home"),
    path("logout/", LogoutView.as_view(), name="logout"),
]
