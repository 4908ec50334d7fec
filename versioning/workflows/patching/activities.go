package patching

import "context"

// PrePatchActivity is the activity that the change replaces. It returns "pre-patch".
func PrePatchActivity(context.Context) (string, error) {
	return "pre-patch", nil
}

// PostPatchActivity is the activity that the change brings in. It returns "post-patch".
func PostPatchActivity(context.Context) (string, error) {
	return "post-patch", nil
}
