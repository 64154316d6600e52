"""The roster site: static pages that say who is on call, made from one ``Compilation``."""
