{# None of the columns is ever null: one scan instead of a test per column. #}
{% test never_null(model, columns) %}

select {{ columns | join(', ') }}
from {{ model }}
where
    {% for column in columns -%}
    {{ column }} is null
    {%- if not loop.last %}
    or {% endif %}
    {%- endfor %}

{% endtest %}
