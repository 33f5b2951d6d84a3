"""Other ways to the same pages, used as those who know them use them."""
