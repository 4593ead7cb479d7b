package io.jenkins.plugins.awssecrets.engine.masking.forms.family;

import java.util.List;

/** The families that there are. */
public final class Families {
    /** For every subject. */
    public static final List<FormFamily> ALL = List.of(
            new TextForms(),
            new JsonForms(),
            new PercentForms(),
            new Base64Forms(),
            new HexForms(),
            new MarkupForms(),
            new ShellForms(),
            new WindowsForms(),
            new LiteralForms(),
            new DataForms(),
            new RegexForms(),
            new CharsetForms(),
            new Dumps(),
            new OtherBases(),
            new StrictForms(),
            new NestedForms());

    /** For what is a password alone, and no text with one in it. */
    public static final List<FormFamily> OF_VALUES = List.of(new PartForms(), new MessageForms(), new DumpRows());

    /** For whole secrets alone. */
    public static final FormFamily WRAPPED = new WrappedForms();

    private Families() {}
}
