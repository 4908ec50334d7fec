package collect

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
)

// errNobody is for a question that nobody can answer.
var errNobody = errors.New("standard input is no terminal")

// ask asks a person, and takes anything but yes for a no.
func (c commands) ask(ctx context.Context, question string) (yes bool, err error) {
	if info, err := os.Stdin.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false, errNobody
	}
	fmt.Fprintf(c.Stdout, "%s [y/N] ", question)
	type line struct {
		text string
		err  error
	}
	lines := make(chan line, 1)
	go func() {
		text, err := bufio.NewReader(os.Stdin).ReadString('\n')
		lines <- line{text, err}
	}()
	select {
	case <-ctx.Done():
		fmt.Fprintln(c.Stdout)
		return false, shell.ErrInterrupted
	case said := <-lines:
		if said.err != nil && said.text == "" {
			fmt.Fprintln(c.Stdout)
			return false, errNobody // the device was no terminal, or it was closed
		}
		switch strings.ToLower(strings.TrimSpace(said.text)) {
		case "y", "yes":
			return true, nil
		}
		return false, nil
	}
}
