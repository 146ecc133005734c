"""`python -m klantbeeld` is the command `klantbeeld`."""

from klantbeeld.cli import main

if __name__ == "__main__":
    main()
