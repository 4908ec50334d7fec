// Command devserver runs a real Temporal Service in one process, for recording histories and for tests.
//
//	go run -C versioning/devserver .
//
// It is the same server code as a production cluster (frontend, history, matching and worker service of
// go.temporal.io/server), on SQLite in memory and on loopback addresses only. It prints one line on standard output when
// the service answers, and serves until it is interrupted:
//
//	Temporal Service ready at 127.0.0.1:7233, namespace "default", version 1.32.1
//
// It keeps nothing: what it stores is gone when it stops. It has no authentication, no Web UI, no metrics and no
// profiling endpoint, and it calls nobody (the periodic version check of the server is off). It is not for production.
//
// # Flags
//
//	--address HOST:PORT     loopback address to serve on (default 127.0.0.1:7233)
//	--namespace NAME        namespace that exists from the start (default "default")
//	--ephemeral-port        let the system choose the port, instead of the one in --address
//	--until-stdin-closes    stop also when standard input ends
//	--log-level LEVEL       write the logs of the service (debug, info, warn, error) to standard error
//
// A program that starts devserver passes --ephemeral-port, reads the address from the ready line, and passes
// --until-stdin-closes with a pipe that it holds open. However that program ends, killed included, the pipe closes and no
// service is left behind. `go run` needs it most: a SIGTERM stops go itself and never reaches what it runs.
//
// # Exit codes
//
// 0 when it was told to stop, 1 when it could not serve (a port in use, for example), 2 for a usage error. `go run` turns 2
// into 1, and gives 1 when it is interrupted itself.
//
// # A module of its own
//
// A Temporal Service has hundreds of dependencies and takes minutes to compile the first time. This is a nested module,
// so whoever imports replaymatrix never sees them.
package main
