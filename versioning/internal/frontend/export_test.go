package frontend

// Paged makes the Worker serve histories in pages of another size.
func (w *Worker) Paged(size int) { w.pageSize = size }
