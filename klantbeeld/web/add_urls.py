"""Addresses of adding data; part of those of `web`."""

from django.urls import path

from klantbeeld.web import add_views as views
from klantbeeld.web.special import not_special

urlpatterns = [
    path("", views.add, name="add"),
    path("<public:public_id>/", views.intake, name="intake"),
    path("<public:public_id>/progress", views.intake_progress, name="intake_progress"),
    path("<public:public_id>/columns", views.intake_columns, name="intake_columns"),
    path("<public:public_id>/contact", views.intake_contact, name="intake_contact"),
    path("<public:public_id>/trial", views.intake_trial, name="intake_trial"),
    path("<public:public_id>/try", views.intake_try, name="intake_try"),
    path("<public:public_id>/load", views.intake_load, name="intake_load"),
    path("<public:public_id>/undo", views.intake_undo, name="intake_undo"),
    path("<public:public_id>/not-special", not_special, name="intake_not_special"),
    path("<public:public_id>/drop", views.intake_drop, name="intake_drop"),
    path("<public:public_id>/again", views.intake_again, name="intake_again"),
    path("<public:public_id>/doubles", views.intake_doubles, name="intake_doubles"),
    path("<public:public_id>/export", views.intake_export, name="intake_export"),
]
