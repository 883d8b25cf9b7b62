"""What tests share: a whole bot in a world, phones, engines, clocks. Nothing here is a test."""
