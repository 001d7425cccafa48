button-stay = I stay
button-leave = Erase me
staying-ask =
    <b>Do you stay?</b>

    You have not been here for a year. That you came now counts as a yes; who does not come within 30 days after this question is erased, with everything about them.
staying-noted = Good to have you here.
