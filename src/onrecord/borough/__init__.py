"""The invented borough: demonstration and inquiry scenarios, played through the same actions as real use."""
