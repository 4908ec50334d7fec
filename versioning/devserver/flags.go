package main

import (
	"flag"
	"fmt"
	"io"
	"net"
	"slices"

	"go.temporal.io/server/common/log"
)

// usage is a format: the ready line goes into it.
const usage = `devserver runs a real Temporal Service in one process, on SQLite in memory.
It serves on loopback addresses only, keeps nothing, and stops when interrupted.

Usage:
  devserver [flags]

Flags:
  --address HOST:PORT     loopback address to serve on (default 127.0.0.1:7233)
  --namespace NAME        namespace that exists from the start (default "default")
  --ephemeral-port        let the system choose the port, instead of the one in --address
  --until-stdin-closes    stop also when standard input ends, so that a parent process
                          that dies leaves no service behind
  --log-level LEVEL       write the logs of the service to standard error:
                          debug, info, warn or error (default: no logs)
  -h, --help              print this text

When the service answers, it prints one line on standard output:
  %s

Exit codes: 0 told to stop, 1 could not serve, 2 usage error.
`

type settings struct {
	options          Options
	untilStdinCloses bool
}

func parseFlags(args []string) (settings, error) {
	var set settings
	var ephemeral bool
	var level string
	fs := flag.NewFlagSet("devserver", flag.ContinueOnError)
	fs.SetOutput(io.Discard) // run prints errors and the usage text
	fs.StringVar(&set.options.Address, "address", DefaultAddress, "")
	fs.StringVar(&set.options.Namespace, "namespace", DefaultNamespace, "")
	fs.BoolVar(&ephemeral, "ephemeral-port", false, "")
	fs.BoolVar(&set.untilStdinCloses, "until-stdin-closes", false, "")
	fs.StringVar(&level, "log-level", "", "")
	if err := fs.Parse(args); err != nil {
		return settings{}, err
	}
	if fs.NArg() > 0 {
		return settings{}, fmt.Errorf("unexpected argument %q", fs.Arg(0))
	}
	if err := set.options.validate(); err != nil {
		return settings{}, err
	}
	if ephemeral {
		host, _, _ := net.SplitHostPort(set.options.Address) // validate has split it before
		set.options.Address = net.JoinHostPort(host, "0")
	}
	if level != "" {
		// The server itself would take an unknown level for info.
		if !slices.Contains([]string{"debug", "info", "warn", "error"}, level) {
			return settings{}, fmt.Errorf("unknown log level %q: want debug, info, warn or error", level)
		}
		set.options.Logger = log.NewZapLogger(log.BuildZapLogger(log.Config{Level: level, Format: "console"}))
	}
	return set, nil
}
