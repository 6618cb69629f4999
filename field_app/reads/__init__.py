"""What the screens show: each function is one page's worth of rows, with a limit on all of them."""
