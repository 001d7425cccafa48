"""What is taken out of chats again."""
