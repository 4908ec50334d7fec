package shell

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
)

// ErrInterrupted is the end of a command that was told to stop in the middle.
var ErrInterrupted = errors.New("interrupted")

// usageError is a mistake in the arguments.
type usageError struct{ err error }

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }

// Usage makes the error one of the arguments.
func Usage(err error) error { return &usageError{err} }

// IsUsage reports whether the error is one of the arguments.
func IsUsage(err error) bool {
	var usage *usageError
	return errors.As(err, &usage)
}

// incompatibleError reports that something occurred which the caller asked to fail on.
type incompatibleError struct{ err error }

func (e *incompatibleError) Error() string { return e.err.Error() }
func (e *incompatibleError) Unwrap() error { return e.err }

// Incompatible makes the error one that the caller asked to fail on.
func Incompatible(err error) error { return &incompatibleError{err} }

// IsIncompatible reports whether the error is one that the caller asked to fail on.
func IsIncompatible(err error) bool {
	var incompatible *incompatibleError
	return errors.As(err, &incompatible)
}

// ArgsUsage makes the errors of a check of arguments those of usage.
func ArgsUsage(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if err := check(cmd, args); err != nil {
			return Usage(fmt.Errorf("%w; see %s --help", err, cmd.CommandPath()))
		}
		return nil
	}
}
