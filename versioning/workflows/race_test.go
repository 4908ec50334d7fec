//go:build race

package workflows_test

// raced is whether the race detector is in the tests, which then take five to ten times
// as long.
const raced = true
