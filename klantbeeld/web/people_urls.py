"""Addresses of employees, permissions, log-ins and the log; part of those of `web`."""

from django.urls import path

from klantbeeld.web import people_views as views

urlpatterns = [
    path("people/", views.employees, name="employees"),
    path("people/invite", views.invite, name="invite"),
    path("people/rights", views.rights, name="rights"),
    path("people/two-steps", views.two_steps, name="two_steps"),
    path("people/teams", views.make_team, name="team_make"),
    path("people/teams/<public:public_id>/remove", views.remove_team, name="team_remove"),
    path(
        "people/invitations/<public:public_id>/withdraw",
        views.withdraw_invitation,
        name="invitation_withdraw",
    ),
    path("people/<public:public_id>/change", views.change_employee, name="employee_change"),
    path("people/<public:public_id>/act", views.act_on_employee, name="employee_act"),
    path("invitation/<str:token>", views.accept, name="invitation"),
    path("log-ins/", views.log_ins, name="log_ins"),
    path("log-ins/end", views.end_log_ins, name="log_ins_end"),
    path("log-ins/<public:public_id>/end", views.end_log_in, name="log_in_end"),
    path("purpose", views.purpose, name="purpose"),
    path("log/", views.log, name="log"),
    path("log/file", views.log_export, name="log_export"),
    path("log/breach", views.breach, name="breach"),
    path("log/alarms/<public:public_id>", views.notice, name="alarm"),
    path("customers/<public:public_id>/looked", views.looked, name="looked"),
    path("customers/<public:public_id>/follow", views.follow, name="follow"),
    path("customers/<public:public_id>/open", views.break_glass, name="break_glass"),
]
