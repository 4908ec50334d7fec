// Package replaymatrix proves, before a deploy, what happens to running
// Temporal workflows when their code changes.
//
// It is a library of versioned workflows (versioning/workflows), the event
// histories that a real Temporal Service recorded of each of their stages
// (histories), and the matrix that replays every recording against every stage
// (versioning/matrix). The proof is replay_test.go in this folder; the command
// is versioning/cmd/replaymatrix.
//
// For workflows of your own begin with versioning, which holds the vocabulary,
// and versioning/replaytest, which is the harness for go test.
package replaymatrix
