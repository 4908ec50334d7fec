package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
)

// errInterrupted is the end of a command that was told to stop in the middle.
var errInterrupted = errors.New("interrupted")

// usageError is a mistake in the arguments.
type usageError struct{ err error }

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }

// usage makes the error one of the arguments.
func usage(err error) error { return &usageError{err} }

// isUsage reports whether the error is one of the arguments.
func isUsage(err error) bool {
	var usage *usageError
	return errors.As(err, &usage)
}

// incompatibleError reports that something occurred which the caller asked to fail on.
type incompatibleError struct{ err error }

func (e *incompatibleError) Error() string { return e.err.Error() }
func (e *incompatibleError) Unwrap() error { return e.err }

// incompatible makes the error one that the caller asked to fail on.
func incompatible(err error) error { return &incompatibleError{err} }

// isIncompatible reports whether the error is one that the caller asked to fail on.
func isIncompatible(err error) bool {
	var incompatible *incompatibleError
	return errors.As(err, &incompatible)
}

// asUsage makes the errors of a check of arguments those of usage.
func asUsage(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if err := check(cmd, args); err != nil {
			return usage(fmt.Errorf("%w; see %s --help", err, cmd.CommandPath()))
		}
		return nil
	}
}
