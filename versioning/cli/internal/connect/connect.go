// Package connect connects the commands of replaymatrix to a Temporal Service. It also writes the
// answers of the service and the log of the SDK as single lines.
package connect

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/contrib/envconfig"
	sdklog "go.temporal.io/sdk/log"

	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
)

// Flags name a Temporal Service. They take precedence over Temporal's environment variables and
// profile file.
type Flags struct {
	address, namespace, Profile string
}

// Add adds the flags to a command.
func (f *Flags) Add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.address, "address", "",
		"HOST:PORT of the service (default TEMPORAL_ADDRESS, or localhost:7233)")
	cmd.Flags().StringVar(&f.namespace, "namespace", "", `namespace (default TEMPORAL_NAMESPACE, or "default")`)
	cmd.Flags().StringVar(&f.Profile, "profile", "",
		`profile of Temporal's configuration file (default TEMPORAL_PROFILE, or "default")`)
	shell.CompleteFlag(cmd, "address", shell.Nothing)
	shell.CompleteFlag(cmd, "namespace", shell.Nothing)
	shell.CompleteFlag(cmd, "profile", profiles)
}

// load reads what the environment and the profile say.
func (f *Flags) load() (client.Options, error) {
	options, err := envconfig.LoadClientOptions(envconfig.LoadClientOptionsRequest{ConfigFileProfile: f.Profile})
	if err != nil {
		next := "check them"
		if known := profiles(""); f.Profile != "" && len(known) > 0 {
			next = "the profiles are " + shell.Joined(known)
		}
		return options, fmt.Errorf("reading the connection from TEMPORAL_ variables and the profile file: %s; %s",
			shell.FirstLine(err.Error()), next)
	}
	return options, nil
}

// Options returns complete options. A value that no flag, variable or profile gives is the default
// of the SDK.
func (f *Flags) Options() (client.Options, error) {
	options, err := f.load()
	if err != nil {
		return options, err
	}
	options.HostPort = cmp.Or(f.address, options.HostPort, client.DefaultHostPort)
	options.Namespace = cmp.Or(f.namespace, options.Namespace, client.DefaultNamespace)
	return options, nil
}

// Named reports whether the flags or TEMPORAL_ADDRESS name a service that already runs. Named is
// for a command that otherwise starts a service.
func (f *Flags) Named() (bool, error) {
	if f.Profile != "" {
		options, err := f.load()
		if err != nil || options.HostPort != "" {
			return true, err
		}
	}
	if f.address != "" || os.Getenv("TEMPORAL_ADDRESS") != "" {
		return true, nil
	}
	if f.Profile != "" || f.namespace != "" {
		return false, shell.Usage(errors.New("--namespace and --profile need --address or TEMPORAL_ADDRESS: " +
			"without them the walk-through starts a service of its own"))
	}
	return false, nil
}

// A Service is a client, with the address and namespace that the client is connected to.
type Service struct {
	client.Client
	Address, Namespace string
	// Program is what a person types to run the command again. At holds the given flags that name
	// the service.
	Program, At string
}

// Dial connects to the service that the flags name. The log of the SDK goes to Stderr, one line for
// each entry.
func (f *Flags) Dial(ctx context.Context, s *shell.Shell) (*Service, error) {
	options, err := f.Options()
	if err != nil {
		return nil, err
	}
	return f.dial(ctx, s, options)
}

// DialToRead is Dial for a command that only reads. It gives a service up whose connections break
// again and again. A Worker waits for its service to come back.
func (f *Flags) DialToRead(ctx context.Context, s *shell.Shell) (*Service, error) {
	options, err := f.Options()
	if err != nil {
		return nil, err
	}
	options.ConnectionOptions.DialOptions = append(options.ConnectionOptions.DialOptions, givingUp(options.HostPort)...)
	return f.dial(ctx, s, options)
}

func (f *Flags) dial(ctx context.Context, s *shell.Shell, options client.Options) (*Service, error) {
	service, err := Dial(ctx, s, options)
	if err == nil {
		service.At = f.typed()
	}
	return service, err
}

// typed returns the flags that were given.
func (f *Flags) typed() (flags string) {
	for _, flag := range [][2]string{{"--address", f.address}, {"--namespace", f.namespace}, {"--profile", f.Profile}} {
		if flag[1] != "" {
			flags += " " + flag[0] + " " + flag[1]
		}
	}
	return flags
}

// Dial connects to the service. The log of the SDK goes to Stderr, one line for each entry.
func Dial(ctx context.Context, s *shell.Shell, options client.Options) (*Service, error) {
	options.Logger = sdklog.NewStructuredLogger(newLineLogger(s.Stderr))
	options.ConnectionOptions.GetSystemInfoTimeout = dialTimeout
	dialed, err := client.DialContext(ctx, options)
	if err != nil {
		if ctx.Err() != nil {
			return nil, shell.ErrInterrupted
		}
		return nil, unreachable(s, options, err)
	}
	return &Service{Client: dialed, Address: options.HostPort, Namespace: options.Namespace, Program: s.Name}, nil
}
