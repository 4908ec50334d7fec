// Package acceptance tests what a user gets, end to end, with tools that nobody
// who imports the library should find in the module graph: that is why it is a
// module of its own. It has no code but its tests:
//
//	go -C acceptance test ./...
package acceptance
