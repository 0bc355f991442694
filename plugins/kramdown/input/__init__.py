"""What happens to the text before it is parsed: unreadable characters, HTML comments and Liquid leave it."""
