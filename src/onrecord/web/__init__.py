"""The pages put together: settings, addresses, base templates, panels."""
