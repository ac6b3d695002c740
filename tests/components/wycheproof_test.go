package auth

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/golang-jwt/jwt/v5"
)

// vectors are a file of Project Wycheproof, as far as it concerns this package.
type vectors struct {
	Groups []struct {
		RSA   json.RawMessage `json:"keyJwk"`
		ECDSA json.RawMessage `json:"publicKeyJwk"`
		Key   struct {
			Point    string `json:"uncompressed"`
			Modulus  string `json:"modulus"`
			Exponent string `json:"publicExponent"`
		} `json:"publicKey"`
		Tests []struct {
			ID        int    `json:"tcId"`
			Message   string `json:"msg"`
			Signature string `json:"sig"`
			Point     string `json:"public"`
			Result    string `json:"result"`
		} `json:"tests"`
	} `json:"testGroups"`
}

// TestWycheproof judges the vectors of the files that the environment names,
// through the key set and the methods that tokens are verified by, and prints
// what became of them. It decides nothing: whoever runs it compares.
func TestWycheproof(t *testing.T) {
	for _, file := range filepath.SplitList(os.Getenv("WYCHEPROOF")) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var read vectors
		if err := json.Unmarshal(data, &read); err != nil {
			t.Fatal(err)
		}
		for _, group := range read.Groups {
			key, keyErr := signatureKey(group.RSA, group.ECDSA, group.Key.Point, group.Key.Modulus, group.Key.Exponent)
			for _, test := range group.Tests {
				err := keyErr
				switch {
				case test.Point != "" || test.Signature == "" && test.Message == "":
					_, err = pointKey(test.Point)
				case err == nil:
					err = verifySignature(key, test.Message, test.Signature)
				}
				fmt.Printf("VECTOR %s %d %s %t\n", filepath.Base(file), test.ID, test.Result, err == nil)
			}
		}
	}
}

func verifySignature(key publicKey, message, signature string) error {
	text, err := hex.DecodeString(message)
	if err != nil {
		return err
	}
	decoded, err := hex.DecodeString(signature)
	if err != nil {
		return err
	}
	return jwt.GetSigningMethod(key.algorithm).Verify(string(text), decoded, key.public)
}

// signatureKey reads a key by way of a key set: from its JWK, or from a JWK of
// its numbers.
func signatureKey(rsa, ecdsa json.RawMessage, point, modulus, exponent string) (publicKey, error) {
	switch {
	case rsa != nil || ecdsa != nil:
		members := map[string]any{}
		if err := json.Unmarshal(append(rsa, ecdsa...), &members); err != nil {
			return publicKey{}, err
		}
		return keyOf(members)
	case modulus != "":
		return keyOf(map[string]any{"kty": "RSA", "n": inBase64(modulus), "e": inBase64(exponent)})
	default:
		return pointKey(point)
	}
}

func pointKey(point string) (publicKey, error) {
	if len(point) != 130 || point[:2] != "04" {
		return publicKey{}, errors.New("not an uncompressed point: no JWK can say it")
	}
	return keyOf(map[string]any{"kty": "EC", "crv": "P-256", "x": inBase64(point[2:66]), "y": inBase64(point[66:])})
}

func keyOf(members map[string]any) (publicKey, error) {
	members["kid"], members["use"] = "k", "sig"
	document, err := json.Marshal(map[string]any{"keys": []any{members}})
	if err != nil {
		return publicKey{}, err
	}
	keys, err := parseKeys(document)
	return keys["k"], err
}

func inBase64(number string) string {
	data, err := hex.DecodeString(number)
	if err != nil {
		return "!"
	}
	return base64.RawURLEncoding.EncodeToString(data)
}
