"""What the tests share: keys and views that misbehave, the register of operations, soundness."""
