//go:build !race

// Package race tells tests whether the race detector watches them.
package race

// Enabled is whether the race detector is compiled in.
const Enabled = false
