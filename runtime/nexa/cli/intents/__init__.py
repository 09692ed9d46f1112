"""Intent files (`.nxintent`): what a program is for, as features with scenarios, beside the program itself."""
