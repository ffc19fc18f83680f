module mynumber

go 1.26
