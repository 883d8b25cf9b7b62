"""What people do: one plain function is one deed."""
