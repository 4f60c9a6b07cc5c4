"""The chapters' explorers: one module a chapter, one function an explorer."""
