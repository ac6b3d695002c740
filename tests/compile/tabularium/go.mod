module github.com/praetorian-inc/tabularium

go 1.24.6
