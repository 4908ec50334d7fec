//go:build race

package race

// Enabled is whether the race detector is compiled in. What is judged then takes five to ten times as
// long: tests of texts, whose code others run as well, do without it.
const Enabled = true
