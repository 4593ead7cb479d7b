package io.jenkins.plugins.awssecrets.demo.sts;

/** An element of an answer, written as text. */
final class Xml {
    private final String name;
    private final StringBuilder content = new StringBuilder();

    Xml(String name) {
        this.name = name;
    }

    Xml add(Xml child) {
        content.append('<').append(child.name).append('>').append(child.content);
        content.append("</").append(child.name).append('>');
        return this;
    }

    Xml text(String child, String text) {
        Xml element = new Xml(child);
        element.content.append(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
        return add(element);
    }

    String document(String namespace) {
        return "<" + name + " xmlns=\"" + namespace + "\">" + content + "</" + name + ">";
    }
}
