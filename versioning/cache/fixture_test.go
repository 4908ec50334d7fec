package cache

import "crypto/sha256"

func hashOf(data []byte) []byte {
	sum := sha256.Sum256(data)
	return sum[:]
}
