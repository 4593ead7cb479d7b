package io.jenkins.plugins.awssecrets.cli.repository;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** An XML file, by the names of its elements. */
record Xml(Element element) {

    static Xml of(Path file) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            return new Xml(factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement());
        } catch (Exception e) {
            throw new IllegalStateException(file + " is not XML", e);
        }
    }

    /** The children at a path such as {@code dependencies/dependency}. */
    List<Xml> all(String path) {
        List<Xml> found = List.of(this);
        for (String name : path.split("/")) {
            found = found.stream().flatMap(each -> each.children(name).stream()).toList();
        }
        return found;
    }

    Optional<Xml> child(String path) {
        return all(path).stream().findFirst();
    }

    /** The text at a path, empty where there is none. */
    String text(String path) {
        return child(path).map(found -> found.element.getTextContent().trim()).orElse("");
    }

    /** This element and all below it. */
    List<Xml> everything() {
        NodeList below = element.getElementsByTagName("*");
        List<Xml> found = new ArrayList<>(List.of(this));
        for (int i = 0; i < below.getLength(); i++) {
            found.add(new Xml((Element) below.item(i)));
        }
        return found;
    }

    private List<Xml> children(String name) {
        return Stream.iterate(element.getFirstChild(), node -> node != null, Node::getNextSibling)
                .filter(Element.class::isInstance)
                .map(Element.class::cast)
                .filter(child -> name.equals(child.getLocalName()))
                .map(Xml::new)
                .toList();
    }
}
