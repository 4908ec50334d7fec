// Package cache keeps the verdicts of unchanged recordings under unchanged code in
// a folder, so that the command does not judge them again.
//
//	store, err := cache.Open()
//	rows := store.Rows(cache.Inputs{Family: family, Config: config})
//	m, err := matrix.Judge(ctx, family, sources, &matrix.Options{Config: config, Cache: rows})
//	rows.Close()
//
// What is in the key is in Inputs; docs/cache.md says what cannot be. It is always
// right to delete the folder. A file in it that is damaged is as good as none.
package cache

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Variable is the environment variable that names the folder, or is "off".
const Variable = "REPLAYMATRIX_CACHE"

// ErrOff is returned by Open where there is to be no cache, or can be none.
var ErrOff = errors.New("no cache")

// A Store is the folder, for one program.
type Store struct {
	folder  string
	program digest
	// surroundings is what a program can see of where it runs.
	surroundings digest
}

// Open returns the store of the program that runs. It creates no folder.
//
// The error wraps ErrOff where Variable is off, where there is no home folder and
// where the executable cannot be read; any other one is for who has set Variable to what is no
// folder.
func Open() (*Store, error) {
	folder, err := folder()
	if err != nil {
		return nil, err
	}
	program, err := program()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrOff, err)
	}
	working, err := os.Getwd()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrOff, err)
	}
	return &Store{folder: folder, program: program, surroundings: surroundings(os.Environ(), working)}, nil
}

func folder() (string, error) {
	switch set := os.Getenv(Variable); {
	case set == "off":
		return "", fmt.Errorf("%w: %s is off", ErrOff, Variable)
	case set != "" && !filepath.IsAbs(set):
		return "", fmt.Errorf("%s is %q: set it to the full path of a folder, or to off", Variable, set)
	case set != "":
		return filepath.Join(set, "verdicts"), nil
	}
	user, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrOff, err)
	}
	// A home folder that does not exist is not ours to make.
	if _, err := os.Stat(filepath.Dir(user)); err != nil {
		return "", fmt.Errorf("%w: %w", ErrOff, err)
	}
	return filepath.Join(user, "replaymatrix", "verdicts"), nil
}
