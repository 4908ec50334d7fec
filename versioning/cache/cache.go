// Package cache keeps the verdicts of unchanged recordings under unchanged code in
// a folder, so that the command does not judge them again.
//
//	store, err := cache.Open()
//	rows := store.Rows(cache.Inputs{Family: family, Config: config})
//	m, err := matrix.Judge(ctx, family, sources, &matrix.Options{Config: config, Cache: rows})
//	rows.Close()
//
// Inputs lists what is in the key of a verdict. docs/cache.md says what cannot be in the key.
// Deleting the folder is always safe. A damaged file in the folder counts as missing.
package cache

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Variable is the environment variable that holds the path of the folder, or "off".
const Variable = "REPLAYMATRIX_CACHE"

// ErrOff is in the error of Open if the cache is switched off, or if there can be no cache.
var ErrOff = errors.New("no cache")

// A Store is the cache folder, as one program uses it.
type Store struct {
	folder  string
	program digest
	// surroundings is what a program can see of where it runs.
	surroundings digest
}

// Open returns the Store of the running program. It creates no folder.
//
// The error wraps ErrOff if Variable is off, if there is no home folder, or if the executable or
// the working directory cannot be read. It is a *SharedError if others can write to the folder. Any
// other error means that Variable is not the full path of a folder.
func Open() (*Store, error) {
	folder, err := folder()
	if err != nil {
		return nil, err
	}
	if err := private(folder); err != nil {
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
