"""What is known of the language, whatever the article: tokens, sentences, quotation marks, calendar words, lexicons."""
