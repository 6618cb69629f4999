"""The public page of 311: report, see what is known nearby, follow, say “not fixed”.

Plain HTML that a phone on a bad link reads at once; what the small script adds can be done without.
"""
