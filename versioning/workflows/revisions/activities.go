package revisions

import "context"

// PrePatchActivity is the activity before the change. It returns "pre-patch".
func PrePatchActivity(context.Context) (string, error) {
	return "pre-patch", nil
}

// PostPatchActivity is the activity of version 1. It returns "post-patch".
func PostPatchActivity(context.Context) (string, error) {
	return "post-patch", nil
}

// AnotherPatchActivity is the activity of version 2. It returns "another-patch".
func AnotherPatchActivity(context.Context) (string, error) {
	return "another-patch", nil
}
