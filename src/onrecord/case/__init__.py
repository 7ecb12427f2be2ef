"""The work with a child: discussions, conferences, assessments, meetings, support."""
