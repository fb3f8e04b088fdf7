"""Reads Chinese policy text: what it says, how often, about which concepts, and what it commits anybody to.

Data flows one way; a room uses only rooms that stand before it here (`tests/test_architecture.py` holds this):

    lexicon theme_lexicon anchors                                      word lists are data; where to try a pattern
    frames structure                                                   how a text is built
    decode ledger pages edges mending layout repair document           bytes → raw text → repaired text
    numerals units ratios amounts dates                                every amount and date
    verbs prospects tense cues aims roles quantities                   and its role
    lead clauses demands lists enumerations heads                clauses and the lists in them
    indicators comparisons universals outcomes deadlines targets       targets: with an amount, a comparison, an end
    announcing kinds directives goals                                  the directive tree
    senses parallels themes intervals shares                           the five concepts
    people places actors                                               who and where
    words keyness collocation counts terms phrases                     words and their numbers
    tables files samples batches journal corpus                        tidy tables, files of them, many documents
    comparing progress                                                 beside each other; how far a run is
    scoring views agreement                                            for the reader, and against the coder
    results readable selections                                        what a reader sees as a target; what is picked out
    correction_checks correction_lines correction_edits corrections    and puts right
    style charts word_charts goal_charts                               figures: they know tables, never documents
    explore_charts corpus_charts findings                              of a live cell, of many documents; in words
    explore highlight report_rows report_dir report                    live cells, and a page of one text
"""
