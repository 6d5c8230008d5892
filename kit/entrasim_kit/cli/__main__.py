"""`python -m entrasim_kit.cli`"""

from entrasim_kit.cli.main import main

main()
