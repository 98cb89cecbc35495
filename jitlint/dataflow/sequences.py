"""What stands at which place of a tuple or a list, as far as it is known: at the front and at the end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import reduce

from jitlint.dataflow.lattice import MAX_ITEMS, display, is_mixed, join_all
from jitlint.dataflow.values import UNKNOWN, Constant, Display, Value


def item_at(form: Display, index: int) -> Value:
    """Return what stands at one place of a display, from 0 or from the end; there is such a place.

    Where places are mixed up, as in `x.shape[:k] + (n,) + x.shape[k:]`, any of them may hold n, and none surely does.
    """
    if 0 <= index < len(form.items):
        return form.items[index]
    if form.rest is None:
        return form.items[index] if -len(form.items) <= index < 0 else join_all(form.every)
    if -len(form.last) <= index < 0:
        return form.last[index]
    # Where `rest` stands for less than it seems to, the place is one on the other side of it.
    others = form.last if index >= 0 else form.items
    found = join_all([form.rest, *others])
    return UNKNOWN if is_mixed(found) and (form.shuffled or others) else found


def concatenate(first: Display, second: Display) -> Display:
    """Return the sum of two displays."""
    certain = first.certain and second.certain and first.kind == second.kind
    if first.rest is None:
        shuffled = second.shuffled
        made = display(first.kind, (*first.items, *second.items), second.rest, certain, second.last, shuffled)
    elif second.rest is None:
        last = (*first.last, *second.items)
        made = display(first.kind, first.items, first.rest, certain, last, first.shuffled)
    else:
        between = join_all([first.rest, *first.last, *second.items, second.rest])
        made = display(first.kind, first.items, between, certain, second.last, True)
    assert isinstance(made.form, Display)
    return made.form


def written(kind: str, pieces: Iterable[Display]) -> Value:
    """Return a display as it is written, of what stands with or without a star in it."""
    return Value(form=replace(reduce(concatenate, pieces, Display(kind)), kind=kind, certain=True))


def repeat(form: Display, times: Value) -> Value:
    """Return a display of the same items, as many times; any number of times if that is not known."""
    count = times.form.value if isinstance(times.form, Constant) else None
    if form.rest is None and isinstance(count, int) and len(form.items) * count <= MAX_ITEMS:
        return display(form.kind, form.items * count, certain=form.certain)
    return shuffle(form)


def shuffle(form: Display, *more: Value) -> Value:
    """Return a display of the same items, and more, in an order that is not known."""
    found = [*form.every, *more]
    if not found:
        return Value(form=form)
    return Value(form=Display(form.kind, (), join_all(found), form.certain, shuffled=len(found) > 1 or form.shuffled))


def turn_around(form: Display) -> Value:
    """Return a display from its end to its front."""
    if form.rest is None:
        return Value(form=replace(form, items=form.items[::-1]))
    return Value(form=replace(form, items=form.last[::-1], last=form.items[::-1]))


def cut(form: Display, bounds: Sequence[int | None]) -> Value:
    """Return `form[start:stop:step]`."""
    start, stop, step = (*bounds, None, None)[:3]
    if form.rest is None and step != 0:
        return display(form.kind, form.items[start:stop:step], certain=form.certain)
    if step == -1 and start is None and stop is None:
        return turn_around(form)
    if step not in (None, 1):
        return shuffle(form)
    return _without_end(_without_front(form, start or 0), stop, start or 0)


def _without_front(form: Display, start: int) -> Display:
    front, last = len(form.items), len(form.last)
    if 0 <= start <= front:
        return replace(form, items=form.items[start:])
    if start >= 0:
        return replace(form, items=(), rest=_some(form))
    if -start <= last:
        return replace(form, items=form.last[start:], rest=None, last=(), shuffled=False)
    return replace(form, items=(), rest=_some(form, form.items))


def _without_end(form: Display, stop: int | None, start: int) -> Value:
    front, last = len(form.items), len(form.last)
    if stop is None:
        return Value(form=form)
    if stop >= 0:
        # Counted from the front of what `start` has cut.
        count = max(stop - start, 0)
        if start < 0:
            return shuffle(form)
        if count <= front:
            return display(form.kind, form.items[:count], certain=form.certain)
        return Value(form=replace(form, rest=_some(form, form.last), last=()))
    if form.rest is None:
        return display(form.kind, form.items[:stop], certain=form.certain)
    if -stop <= last:
        return Value(form=replace(form, last=form.last[:stop]))
    return Value(form=replace(form, rest=_some(form), last=()))


def _some(form: Display, others: Sequence[Value] = ()) -> Value:
    """Return what some of the middle is. others: what may be among it, where the middle is short."""
    assert form.rest is not None
    found = join_all([form.rest, *others])
    return UNKNOWN if is_mixed(found) and (form.shuffled or others) else form.rest


def split(form: Display, count: int, star: int | None) -> list[Value]:
    """Split a display over `count` targets; `star` is the index of a starred one, which gets a list."""
    front, last = len(form.items), len(form.last)
    if star is None:
        if form.rest is None or front + last > count:
            return list(form.items) if front == count and form.rest is None else [join_all(form.every)] * count
        middle = _some(form)
        return [*form.items, *[middle] * (count - front - last), *form.last]
    after = count - star - 1
    if form.rest is None:
        if front < count - 1:
            return [join_all(form.every)] * count
        middle_items = form.items[star : front - after]
        return [*form.items[:star], display("list", middle_items), *form.items[front - after :]]
    before = [item_at(form, index) for index in range(star)]
    behind = [item_at(form, index) for index in range(-after, 0)]
    taken = star > front or after > last
    rest = _some(form) if taken else form.rest
    kept = form.last[: max(last - after, 0)]
    return [*before, Value(form=Display("list", form.items[star:], rest, False, form.shuffled, kept)), *behind]


def put(form: Display, index: int | None, value: Value) -> Value:
    """Return a list in which `value` has taken the place of what stood at `index`; any place if that is not known."""
    if index is not None and -MAX_ITEMS <= index < MAX_ITEMS:
        front, last = list(form.items), list(form.last)
        if form.rest is None:
            if -len(front) <= index < len(front):
                front[index] = value
                return Value(form=replace(form, items=tuple(front)))
        elif 0 <= index < len(front) or -len(last) <= index < 0:
            (front if index >= 0 else last)[index] = value
            return Value(form=replace(form, items=tuple(front), last=tuple(last)))
        elif index >= 0 and not last:
            added = [_some(form)] * (index - len(front)) + [value]
            return Value(form=replace(form, items=(*front, *added)))
        elif index < 0 and not front:
            added = [value] + [_some(form)] * (-index - len(last) - 1)
            return Value(form=replace(form, last=(*added, *last)))
    return shuffle(form, value)


def insert(form: Display, index: int | None, value: Value) -> Value:
    """Return a list in which `value` has come before what stood at `index`."""
    front, last = list(form.items), list(form.last)
    if index is not None:
        if form.rest is None or 0 <= index <= len(front):
            front.insert(index, value)
            return display(form.kind, front, form.rest, form.certain, last, form.shuffled)
        if -len(last) <= index < 0:
            last.insert(index, value)
            return display(form.kind, front, form.rest, form.certain, last, form.shuffled)
        if index == -1 and not front:
            last = [value, _some(form)]
            return display(form.kind, (), form.rest, form.certain, last, form.shuffled)
        if 0 <= index < MAX_ITEMS and not last:
            front += [_some(form)] * (index - len(front)) + [value]
            return display(form.kind, front, form.rest, form.certain, (), form.shuffled)
    return shuffle(form, value)


def remove(form: Display, index: int | None) -> Value:
    """Return a list without what stood at `index`; without any one of its items if that is not known."""
    front, last = list(form.items), list(form.last)
    if index is not None:
        if form.rest is None and -len(front) <= index < len(front) or 0 <= index < len(front):
            del front[index]
            return Value(form=replace(form, items=tuple(front)))
        if form.rest is not None and -len(last) <= index < 0:
            del last[index]
            return Value(form=replace(form, last=tuple(last)))
        if form.rest is not None:
            return Value(form=replace(form, rest=_some(form)))
    return shuffle(form)


def put_slice(form: Display, bounds: Sequence[int | None], value: Display) -> Value:
    """Return a list after `form[start:stop] = value`."""
    if form.rest is None and value.rest is None and len(bounds) == 2:
        items = list(form.items)
        items[slice(*bounds)] = value.items
        return display(form.kind, items, certain=form.certain)
    return shuffle(form, *value.every)


def remove_slice(form: Display, bounds: Sequence[int | None]) -> Value:
    """Return a list after `del form[start:stop]`."""
    if form.rest is None and 0 not in bounds[2:]:
        items = list(form.items)
        del items[slice(*bounds)]
        return display(form.kind, items, certain=form.certain)
    return shuffle(form)


def whole(bounds: Iterable[Value | None]) -> list[int | None] | None:
    """Return the bounds of a slice as numbers, None if they are not known."""
    numbers: list[int | None] = []
    for bound in bounds:
        number = None if bound is None else bound.form
        if number is None and bound is None or number == Constant(None):
            numbers.append(None)
        elif isinstance(number, Constant) and isinstance(number.value, int):
            numbers.append(number.value)
        else:
            return None
    return numbers
