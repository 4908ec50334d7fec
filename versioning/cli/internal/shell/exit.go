package shell

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
)

// ErrInterrupted is the error of a command that was told to stop before it was done.
var ErrInterrupted = errors.New("interrupted")

// usageError is a mistake in the arguments.
type usageError struct{ err error }

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }

// Usage marks the error as a mistake in the arguments.
func Usage(err error) error { return &usageError{err} }

// IsUsage reports whether the error is a mistake in the arguments.
func IsUsage(err error) bool {
	var usage *usageError
	return errors.As(err, &usage)
}

// incompatibleError reports that something occurred which the caller asked to fail on.
type incompatibleError struct{ err error }

func (e *incompatibleError) Error() string { return e.err.Error() }
func (e *incompatibleError) Unwrap() error { return e.err }

// Incompatible marks the error: something occurred that the caller asked to fail on.
func Incompatible(err error) error { return &incompatibleError{err} }

// IsIncompatible reports whether Incompatible has marked the error.
func IsIncompatible(err error) bool {
	var incompatible *incompatibleError
	return errors.As(err, &incompatible)
}

// untoldError reports that what was asked could not be told.
type untoldError struct{ err error }

func (e *untoldError) Error() string { return e.err.Error() }
func (e *untoldError) Unwrap() error { return e.err }

// Untold marks the error: what was asked could not be told.
func Untold(err error) error { return &untoldError{err} }

// IsUntold reports whether Untold has marked the error.
func IsUntold(err error) bool {
	var untold *untoldError
	return errors.As(err, &untold)
}

// ArgsUsage returns the check with its errors marked as mistakes in the arguments.
func ArgsUsage(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if err := check(cmd, args); err != nil {
			return Usage(fmt.Errorf("%w; see %s --help", err, cmd.CommandPath()))
		}
		return nil
	}
}
