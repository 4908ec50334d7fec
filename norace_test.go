//go:build !race

package replaymatrix_test

const raced = false
