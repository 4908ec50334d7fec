package play

import (
	"context"
	"io"
	"os"

	"github.com/spf13/cobra"
)

// addUntilStdinCloses adds a flag for programs that start this command: they
// hold a pipe open, which closes however they end, killed included.
func addUntilStdinCloses(cmd *cobra.Command, value *bool) {
	const name = "until-stdin-closes"
	cmd.Flags().BoolVar(value, name, false, "stop also when standard input ends")
	_ = cmd.Flags().MarkHidden(name)
}

// until returns a context that ends with ctx and, if asked, with standard input.
func until(ctx context.Context, stdinCloses bool) context.Context {
	if !stdinCloses {
		return ctx
	}
	ctx, cancel := context.WithCancel(ctx)
	go func() {
		defer cancel()
		_, _ = io.Copy(io.Discard, os.Stdin)
	}()
	return ctx
}
